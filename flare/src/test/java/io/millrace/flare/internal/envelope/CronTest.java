package io.millrace.flare.internal.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*/10 * * * *",
                "0 0 1,15 * MON-FRI",
                "5-59/15 23 31 dec 7",
                "0 0/5 14 * * ?",
                "0 0 12 1 1 ? 2030",
                "@daily"
            })
    void takesExpressions(String text) {
        assertThat(Cron.problem(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "every day | has 2 fields; write minute, hour, day of the month, month, day of the week, as in \"*/10 * * * *\"",
                "@often | has 1 field; write minute, hour, day of the month, month, day of the week, as in \"*/10 * * * *\"",
                "61 * * * * | \"61\" is no minute, which is from 0 to 59",
                "* 24 * * * | \"24\" is no hour, which is from 0 to 23",
                "* * 0 * * | \"0\" is no day of the month, which is from 1 to 31",
                "* * * FOO * | \"FOO\" is no month, which is from 1 to 12",
                "* * * * 5-1 | \"5-1\" is no day of the week, which is from 0 to 7",
                "*/0 * * * * | \"*/0\" is no minute, which is from 0 to 59",
                "1, * * * * | \"\" is no minute, which is from 0 to 59"
            })
    void saysWhatIsWrong(String text, String message) {
        assertThat(Cron.problem(text)).contains(message);
    }
}
