"""Words in 역 that are no station: roles, service in the army, trade, zones (논현역 is one, though 현역 is none)."""

from __future__ import annotations

import re

_NO_STATION = re.compile(
    r"(?:상대역|배역|아역|단역|무역|방역|병역|용역|징역|번역|노역|권역|하는 역"
    r"|(?<![전경광청진나파양상영원충])주역|(?<![아논서])현역|(?<!관)악역|(?<![대부죽])전역|(?<!초)지역"
    r"|(?<![대강])구역|(?<!서)면역|(?<!영)통역"
    r"|(?<![양성옥만])수역|(?<!동)해역|(?:^|[상트수음] ?|주파수 ?|전신 ?)대역)$"
)
"""The letters before tell stations from these: 전주역 and 우승 주역, 해운대역 and 대역, 성수역 and 경제수역."""


def is_no_station(name: str) -> bool:
    """Whether what ends like a station's name is another word.

    Examples:
        >>> [is_no_station(name) for name in ("논현역", "육군 현역", "경주역", "흥행 주역", "고려대역", "스턴트대역")]
        [False, True, False, True, False, True]
    """
    return name.endswith("역") and _NO_STATION.search(name) is not None
