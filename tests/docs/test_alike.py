"""Pages of missions are held to what a run gives, but for small differences of figures."""

from __future__ import annotations

from docs.pages.alike import alike

PAGE = "# A\n\n| day | seen | plan |\n|---|---|---|\n" + "".join(
    f"| 2003-10-{day:02d} | {1000 + day:,} | {day} |\n" for day in range(1, 29)
)


def test_a_page_is_like_itself_and_like_one_with_figures_a_little_off() -> None:
    assert alike(PAGE, PAGE)
    assert alike(PAGE, PAGE.replace("1,010", "1,050").replace("2003-10-12", "2003-10-13"))


def test_figures_far_off_words_and_headings_are_not_alike() -> None:
    assert not alike(PAGE, PAGE.replace("| 1,0", "| 9,0"))
    assert not alike(PAGE, PAGE.replace("# A", "# B"))
    assert not alike(PAGE, PAGE.replace("| 2003", "| in 2003"))
    assert not alike(PAGE, PAGE[: len(PAGE) // 2])
