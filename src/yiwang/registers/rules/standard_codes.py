"""Words of the national code lists that field kinds know: GB/T 2261.1 (sex) and GB/T 3304 (ethnic groups)."""

from __future__ import annotations

from yiwang.kernel.text import Text
from yiwang.registers.definitions import FieldDefinition, FieldKind

SEX = {
    "0": Text("未知的性别", "Unknown"),
    "1": Text("男", "Male"),
    "2": Text("女", "Female"),
    "9": Text("未说明的性别", "Not stated"),
}

# GB/T 3304-1991, with its Romanised names.
_GROUPS = (
    "汉 Han,蒙古 Mongol,回 Hui,藏 Zang,维吾尔 Uygur,苗 Miao,彝 Yi,壮 Zhuang,布依 Buyei,朝鲜 Chosen,"
    "满 Man,侗 Dong,瑶 Yao,白 Bai,土家 Tujia,哈尼 Hani,哈萨克 Kazak,傣 Dai,黎 Li,傈僳 Lisu,佤 Va,畲 She,"
    "高山 Gaoshan,拉祜 Lahu,水 Sui,东乡 Dongxiang,纳西 Naxi,景颇 Jingpo,柯尔克孜 Kirgiz,土 Tu,达斡尔 Daur,"
    "仫佬 Mulao,羌 Qiang,布朗 Blang,撒拉 Salar,毛南 Maonan,仡佬 Gelao,锡伯 Xibe,阿昌 Achang,普米 Pumi,"
    "塔吉克 Tajik,怒 Nu,乌孜别克 Uzbek,俄罗斯 Russ,鄂温克 Ewenki,德昂 Deang,保安 Bonan,裕固 Yugur,京 Gin,"
    "塔塔尔 Tatar,独龙 Derung,鄂伦春 Oroqen,赫哲 Hezhen,门巴 Monba,珞巴 Lhoba,基诺 Jino"
)
ETHNIC_GROUPS = {
    f"{place:02d}": Text(f"{zh}族", en)
    for place, (zh, en) in enumerate((group.split(" ") for group in _GROUPS.split(",")), start=1)
} | {
    "97": Text("其他", "Other"),
    "98": Text("外国血统中国籍人士", "Chinese national of foreign descent"),
}


def codes_of(field: FieldDefinition) -> dict[str, Text]:
    """Every code that a field may hold, with its words; empty when it holds no code."""
    if field.kind is FieldKind.SEX:
        return SEX
    if field.kind is FieldKind.ETHNIC_GROUP:
        return ETHNIC_GROUPS
    return {value.code: value.title for value in field.codes}
