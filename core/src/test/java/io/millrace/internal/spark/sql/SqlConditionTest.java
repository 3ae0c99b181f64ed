package io.millrace.internal.spark.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SqlConditionTest {

    @Test
    void itsColumnsAndParametersAreFound() throws Exception {
        SqlCondition condition = SqlCondition.parse("`a day` = :run_date AND place.country IN ('DE', :window_start)");

        assertThat(condition.columns()).containsExactly("a day", "place");
        assertThat(condition.parameters()).containsExactly("run_date", "window_start");
    }

    @Test
    void valuesTakeTheirPlaceWhateverStandsAround() throws Exception {
        SqlCondition condition =
                SqlCondition.parse("note <> '\uD83D\uDE00\uD83D\uDE00' AND at >= :window_start AND day = :run_date");

        assertThat(condition.bound(Map.of(
                        "window_start", Instant.parse("2024-10-27T01:00:00Z"), "run_date", LocalDate.of(2024, 1, 2))))
                .isEqualTo(
                        "note <> '\uD83D\uDE00\uD83D\uDE00' AND at >= TIMESTAMP_LTZ '2024-10-27T01:00:00Z' AND day = DATE '2024-01-02'");
        assertThat(condition.withoutValues())
                .isEqualTo("note <> '\uD83D\uDE00\uD83D\uDE00' AND at >= NULL          AND day = NULL     ");
    }

    @Test
    void itAsksNoOtherTable() {
        assertThatThrownBy(() -> SqlCondition.parse("day IN (SELECT day FROM others)"))
                .hasMessage("a condition on the rows of one table cannot ask others");
    }
}
