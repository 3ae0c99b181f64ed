package io.millrace.flare.internal.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FlareMergeClausesTest {

    @Test
    void renamesTheTableAndWhatIsMerged() {
        assertThat(FlareMergeClauses.translated("old.id = new.id AND OLD . day = New.day"))
                .isEqualTo("t.id = s.id AND t . day = s.day");
    }

    @Test
    void leavesColumnsAndTextsOfThatNameAlone() {
        assertThat(FlareMergeClauses.translated(
                        "old.old = new.new AND new.a = 'old.x' AND t.new.x = \"new.y\" AND `old.z` = bold.x"))
                .isEqualTo("t.old = s.new AND s.a = 'old.x' AND t.new.x = \"new.y\" AND `old.z` = bold.x");
    }

    @Test
    void dividesClauses() {
        assertThat(FlareMergeClauses.split("matched then update set * when not matched then insert *"))
                .containsExactly("matched then update set *", "not matched then insert *");
        assertThat(
                        FlareMergeClauses.split(
                                "WHEN MATCHED AND new.op = 'when matched' THEN DELETE WHEN MATCHED THEN UPDATE SET old.a = CASE WHEN new.b > 1 THEN 1 ELSE 2 END"))
                .containsExactly(
                        "MATCHED AND s.op = 'when matched' THEN DELETE",
                        "MATCHED THEN UPDATE SET t.a = CASE WHEN s.b > 1 THEN 1 ELSE 2 END");
        assertThat(FlareMergeClauses.split("update everything")).isEmpty();
    }
}
