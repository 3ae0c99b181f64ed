package io.millrace.flare.internal.envelope;

import io.millrace.config.AllowedWords;
import io.millrace.config.ConfigSection;
import io.millrace.flare.internal.text.FlareDocument;
import io.millrace.workflow.JobRetry;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Reads whether a job is run again. */
final class RetryReader {

    private static final AllowedWords<JobRetry.On> STRATEGIES = new AllowedWords<>(Map.of(
            "Always", JobRetry.On.ALWAYS,
            "OnFailure", JobRetry.On.FAILURE,
            "OnError", JobRetry.On.ERROR,
            "OnTransientError", JobRetry.On.TRANSIENT));

    private RetryReader() {}

    static JobRetry read(ConfigSection section, FlareDocument text) {
        return section.optionalSection("retry")
                .flatMap(retry -> decode(retry, text))
                .orElse(JobRetry.NEVER);
    }

    private static Optional<JobRetry> decode(ConfigSection retry, FlareDocument text) {
        Optional<Long> count = retry.optionalLong("count");
        if (!retry.has("count")) {
            retry.problem("count", "is missing; how many times a job that failed is run again");
        }
        count.filter(number -> number < 0 || number > 1000)
                .ifPresent(number -> retry.problem("count", "must be from 0 to 1000, not " + number));
        JobRetry.On on = retry.optionalWord("strategy", STRATEGIES).orElse(JobRetry.On.ALWAYS);
        Duration pause = retry.optionalDuration("duration").orElse(Duration.ZERO);
        text.ignore(retry, "the pause before each further attempt is the same", "maxDuration");
        return retry.build(() -> new JobRetry(count.orElse(0L).intValue(), pause, on));
    }
}
