"""Cuts Noto Sans CJK SC down to what charts need. Needs fontTools, and the .ttc files of Debian's fonts-noto-cjk."""

from fontTools import subset
from fontTools.ttLib import TTCollection

chars = set(range(0x20, 0x7F)) | set(range(0xA0, 0x180))
for high in range(0xA1, 0xF8):
    for low in range(0xA1, 0xFF):
        try:
            chars.add(ord(bytes([high, low]).decode("gb2312")))
        except UnicodeDecodeError:
            pass
chars |= set(map(ord, "–—−±×÷≥≤≈≠…·°‰→←↑↓“”‘’•●○◆◇▲△■□※℃㎡¥€"))

for weight in ["Regular", "Bold"]:
    collection = TTCollection(f"/usr/share/fonts/opentype/noto/NotoSansCJK-{weight}.ttc")
    names = lambda font: {font["name"].getDebugName(1), font["name"].getDebugName(16)}
    font = next(f for f in collection.fonts if "Noto Sans CJK SC" in names(f))
    options = subset.Options()
    options.layout_features = ["kern", "tnum", "locl"]
    options.hinting = False
    options.desubroutinize = False
    options.name_IDs = ["*"]
    options.notdef_outline = True
    options.drop_tables += ["GPOS", "vhea", "vmtx", "VORG", "DSIG", "BASE"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=chars)
    subsetter.subset(font)
    font.save(f"NotoSansCJKsc-{weight}-GB2312.otf")
