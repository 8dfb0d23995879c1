"""Cue patterns（提示词的句式）: the lexicon's words compiled into the shapes the grammar knows.

Each pattern says how words in front of a figure end (比2019年增加, 占本年支出合计的,
完成预算的) or what a clause without figures states. The words are data; the shapes are few.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from validator.facts import Basis

if TYPE_CHECKING:
    from validator.extract.lexicon import Lexicon


class Cues:
    """Compiled once per lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        words = lexicon.words
        up, down = words("up"), words("down")
        # One character may begin another word: 增值税, 降温费.
        moves = "|".join(w for w in f"{up}|{down}".split("|") if len(w) > 1)
        self.up = frozenset(lexicon.cues["up"])
        budget = {
            **dict.fromkeys(lexicon.cues["budget"], Basis.BUDGET),
            **dict.fromkeys(lexicon.cues["budget_original"], Basis.ORIGINAL_BUDGET),
            **dict.fromkeys(lexicon.cues["budget_final"], Basis.FINAL_BUDGET),
        }
        self.budget = budget
        bases = words("budget", "budget_original", "budget_final")
        self.periods = (
            dict.fromkeys(lexicon.cues["prior_year"], -1)
            | dict.fromkeys(lexicon.cues["this_year"], 0)
            | dict.fromkeys(lexicon.cues["next_year"], 1)
            | {"年初": -1}
        )
        period = (
            r"(?:(?P<year>(?:19|20)\d{2})年?度?(?:末|底|同期|初)?"
            rf"|(?P<period>{words('prior_year')}|年初(?!预算|部门|结)))"
        )
        again = period.replace("P<year>", "P<year2>").replace("P<period>", "P<period2>")
        stages = words("budget", "budget_original", "budget_final", "actual")
        self.actual = frozenset(lexicon.cues["actual"])
        self.compare = re.compile(
            rf"(?P<word>{words('compare', 'from')})"
            rf"(?P<object>{period}(?:度)?(?:的)?(?P<stage>{stages})?|(?P<budget>{bases}))"
            rf"|(?P<alone>同比|环比)|(?P<object2>{again})相比"
        )
        filler = (
            r"(?:了|幅度|比例|比率|率|约|近|共计|共|大约|金额|数额|额)*(?:为|达到|达|是|：)?"
        )
        self.change_end = re.compile(rf"(?P<cue>{up}|{down})(?P<to>为|到|至|成)?{filler}$")
        self.change_object = re.compile(
            rf"(?P<cue>{up}|{down})(?:了)?(?P<object>支出|收入|拨付|预算|经费|资金|安排"
            r"|拨款|投入|指标|经费支出|预算资金)(?:约|共计|共)?(?:为|：)?$"
        )
        self.change_inside = re.compile(rf"(?P<cue>{moves})(?P<object>[^，。；]{{2,20}})$")
        self.telling = re.compile(
            rf"{words('of_which', 'of_which_partial', 'flat')}|无$|无[，。；、]|预算数?"
            r"|(?:没有|未发生|未产生|无)[^，。；：]{0,30}(?:支出|费|收入|经费|资金|决算|结余)"
        )
        self.leading = re.compile(rf"(?P<cue>{moves})")
        self.share_end = re.compile(
            rf"(?P<cue>{words('share')})(?P<base>[^占]{{0,40}}?)(?:的)?(?:比例|比重|百分比)?(?:约|近)?(?:为|达到|达|是|：)?$"
        )
        self.complete_end = re.compile(
            rf"(?:(?P<cue>完成|达到|达|占|为)(?:了)?(?P<base>(?:本年|当年|全年|年度|调整|年初)?[^完成]{{0,8}}?(?:{bases}))(?:数|安排)?(?:的)?(?:比例)?(?:约)?(?:为|：)?"
            rf"|(?P<base2>{bases})?(?:的)?(?P<cue2>完成率|执行率|完成比例|执行进度|支出进度)(?:约)?(?:为|达到|达|是|：)?)$"
        )
        self.difference_end = re.compile(
            rf"(?P<cue>{words('difference')})(?:资金|金额|数|额|经费)?(?:约|共计|共)?(?:为|达|：)?$"
        )
        self.open = re.compile(
            rf"(?P<open>{words('of_which')})|(?P<partial>{words('of_which_partial')})"
        )
        by = r"[^，。；：、（）\d]"
        # 部分, 百分 end like a way of dividing and are none.
        self.split = re.compile(
            rf"(?<!部)(?:{words('split_before')}){by}{{0,6}}?(?:{words('split_by')}){by}{{0,4}}?"
            rf"(?<![部百])(?:(?P<partial>{words('split_after_partial')})|{words('split_after')})$"
        )
        self.average = re.compile(rf"{words('average')}|^(?:{words('average_first')})")
        self.whole = frozenset(lexicon.cues["of_which_whole"])
        # 由甲3万元、乙5万元两部分组成: opens before its first, ends behind its last.
        self.made_up = re.compile(
            rf"(?:(?P<mainly>{words('made_of_mainly')})|(?P<made>{words('made_of')}))(?!于)"
            rf"(?=(?P<list>[^由。]*?\d[^由。]*?)(?:{words('made_up')}))"
        )
        self.made_up_end = re.compile(
            rf"）?等?(?:[一二两三四五六七八九十]+[个大]?(?:部分|方面|项|类))?(?:共同|所)?(?:{words('made_up')})"
        )
        self.reasons = re.compile(words("reasons"))
        self.flat = re.compile(words("flat"))
        self.vague = frozenset(lexicon.cues["flat_vague"])
        self.respective = re.compile(
            rf"{words('respective')}|各(?=(?:为|是|占)?(?:{up}|{down})(?:了)?$)"
        )
        actual = words("actual")
        self.relation = re.compile(
            rf"(?:(?:{actual})?(?:比|较|与)?(?P<cue>大于|小于|等于|高于|低于|超过|超|多于|少于|持平于)(?:了)?(?:{bases})"
            rf"|(?:{actual})(?:与|和|同)(?:{bases})(?P<even>持平|一致|相等|基本持平)"
            rf"|(?:与|和|同)(?:{bases})(?:数)?(?P<even2>持平|一致|相等))"
        )
        things = r"(?:支出|费|收入|经费|资金|决算|结转和结余|结转结余)"
        self.nil = re.compile(
            rf"(?P<label>[^，。；：]{{2,40}}?{things})(?:均)?(?:为)?(?P<nil>无|为零)$"
        )
        # 本部门2024年度无政府性基金预算财政拨款支出: whose and when may stand in front.
        self.nil_first = re.compile(
            r"^(?P<when>[^，。；：]{0,24}?)(?P<nil>未发生|没有发生|未产生|没有|无)(?:任何)?"
            rf"(?P<label>[^，。；：增减变]{{0,30}}?{things})(?:发生)?$"
        )
        self.function = re.compile(
            r"(?:共计|共|约|近|(?<![人户车批平])均|各|为|是|达到|达|有|了|：|累计|总共|大约|仅|只有|已|预计|预期|安排|发放|下达|拨付|使用|投入|完成|实现|的)+$"
        )
        self.head = re.compile(
            r"^(?:\d{1,2}[.、]|（\d{1,2}）|（[一二三四五六七八九十]{1,3}）|和|及|与|以及|并|而|另外|此外|同时|其次|再次|主要|具体|即|则|也|又|还|[一二三四五六七八九十]+是|[一二三四五六七八九十]+、|①|②|③|④|⑤)+"
        )
