package io.millrace.cli.internal.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.cli.internal.terminal.AlignedTable.Align;
import org.junit.jupiter.api.Test;

class AlignedTableTest {

    @Test
    void alignsColumnsAndLeavesNoSpacesBehind() {
        AlignedTable table = new AlignedTable(Align.LEFT, Align.RIGHT, Align.LEFT)
                .row("name", "rows", "what")
                .row("a", "1,200", "")
                .row("long one", "7", "text");

        assertThat(table.lines()).containsExactly("name       rows  what", "a         1,200", "long one      7  text");
    }

    @Test
    void givesColoursNoRoom() {
        AlignedTable table = new AlignedTable(Align.LEFT, Align.LEFT)
                .row(Style.COLOURED.bad("ab"), "x")
                .row("abcd", "y");

        assertThat(table.lines()).containsExactly("\u001b[31mab\u001b[0m    x", "abcd  y");
    }

    @Test
    void refusesARowOfAnotherWidth() {
        assertThatThrownBy(() -> new AlignedTable(Align.LEFT).row("a", "b"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("2 cells in a table of 1 columns");
    }
}
