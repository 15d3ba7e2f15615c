"""Draws photos of licences with the truth beside them, for whoever works on the recogniser.

    python -m tests.generator FOLDER --seed 1 --count 30 [--part seen|unseen] [--pages dl,vl,vb]
        [--levels clean,good,hard] [--kinds card,both,chat,screen,quality,negative]

`--count` photos of each page at each level, each from a seed of its own: the same command draws
the same pictures, and a larger count only adds to them. Everybody on them is invented.

Two parts have as little in common as can be. Build on `seen`, measure on `unseen`:

- faces of values: Noto Sans and Serif CJK, WenQuanYi, AR PL UMing and UKai, SungtiL GB against
  AR PL KaitiM GB, LXGW WenKai, TW-Kai, TW-Sung, BabelStone Han, Unifont;
- faces of digits: Liberation, DejaVu, OCR-B against Inconsolata, JetBrains Mono, FreeFont, OCR-A;
- print off its place by up to 1.6 mm and 0.6° against 2.0 mm and 0.8°; captions off theirs by up
  to 0.5 mm against 0.7 mm;
- names, streets, counties, firms, makes: the even entries of each list against the odd ones;
- grounds: desk, cloth, stripes, paper, wood against tiles, leather, steering wheel, carpet,
  newspaper.

The truth is the one of `tests/specimens`, and more: `part`, `kind`, `document_type`, `quality`
(what is wrong with the photo), `text_height` in pixels, `outside` (fields beyond the frame) and,
for two pages in one photo, `pages`. Two kinds lie in folders of their own, as they measure
something else than exact fields: `quality`, photos to be refused, and `negative`, pictures that
show no licence at all. A field whose print differs from its value (`1600 kg`, `——`) says so in
`printed`.
"""
