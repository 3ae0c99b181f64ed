package io.millrace.flare.internal.envelope;

import io.millrace.config.AllowedWords;
import io.millrace.config.ConfigSection;
import io.millrace.flare.internal.text.FlareDocument;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.function.Consumer;

/** Checks when a workflow is to run. Nothing here waits for that time: what runs a workflow runs it now. */
final class ScheduleReader {

    private static final AllowedWords<String> CONCURRENCY = AllowedWords.of(List.of("Allow", "Forbid", "Replace"));

    private ScheduleReader() {}

    static void check(ConfigSection workflow, FlareDocument text) {
        workflow.optionalSection("schedule").ifPresent(schedule -> {
            String cron = schedule.string("cron");
            if (!cron.isEmpty()) {
                Cron.problem(cron).ifPresent(wrong -> schedule.problem("cron", "is not a cron expression: " + wrong));
            }
            schedule.optionalWord("concurrencyPolicy", CONCURRENCY);
            parse(schedule, "endOn", "a time such as 2030-01-31T23:30:45Z", DateTimeFormatter.ISO_DATE_TIME::parse);
            parse(schedule, "timezone", "a time zone such as Europe/Zurich", ZoneId::of);
            schedule.build(() -> schedule);
        });
        text.ignore(workflow, "a run is one run, now; let cron or another scheduler start it at its times", "schedule");
    }

    private static void parse(ConfigSection schedule, String key, String what, Consumer<String> parser) {
        schedule.optionalString(key).ifPresent(written -> {
            try {
                parser.accept(written);
            } catch (DateTimeException not) {
                schedule.problem(key, "must be " + what + ", not \"" + written + "\"");
            }
        });
    }
}
