package io.millrace.flare.internal.job;

import io.millrace.config.AllowedWords;
import io.millrace.config.ConfigSection;
import io.millrace.flare.internal.dataset.Dataset;
import io.millrace.flare.internal.depot.Address;
import io.millrace.flare.internal.text.FlareDocument;
import io.millrace.model.Trigger;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How a job's streams run.
 *
 * @param trigger when
 * @param checkpoint the folder in which they remember how far they have come
 */
record JobStreaming(Trigger trigger, Optional<String> checkpoint) {

    /** The key that names the folder. */
    static final String CHECKPOINT = "checkpointLocation";

    private static final JobStreaming USUAL = new JobStreaming(new Trigger.Continuous(), Optional.empty());

    private enum TriggerMode {
        PROCESSING_TIME,
        ONCE,
        CONTINUOUS
    }

    private static final AllowedWords<TriggerMode> MODES = new AllowedWords<>(Map.of(
            "ProcessingTime", TriggerMode.PROCESSING_TIME,
            "Once", TriggerMode.ONCE,
            "OneTime", TriggerMode.ONCE,
            "AvailableNow", TriggerMode.ONCE,
            "Continuous", TriggerMode.CONTINUOUS));

    static JobStreaming read(ConfigSection job, FlareDocument text) {
        return job.optionalSection("streaming")
                .flatMap(section -> decode(section, text))
                .orElse(USUAL);
    }

    /** Warns where nothing streams. */
    void notUsed(ConfigSection job, FlareDocument text) {
        if (job.has("streaming")) {
            text.warn(job.path("streaming"), "is not used: no input has isStream: true");
        }
    }

    private static Optional<JobStreaming> decode(ConfigSection section, FlareDocument text) {
        TriggerMode mode = section.optionalWord("triggerMode", MODES).orElse(TriggerMode.PROCESSING_TIME);
        Optional<Duration> pause = section.optionalDuration("triggerDuration");
        Optional<String> output = section.optionalString("outputMode").map(written -> written.toLowerCase(Locale.ROOT));
        output.filter(written -> !written.equals("append"))
                .ifPresent(
                        written -> section.problem(
                                "outputMode",
                                "cannot be " + written
                                        + ": each micro-batch is written by itself, so rows are only appended; write append, or merge into an Iceberg table"));
        Optional<String> checkpoint = checkpoint(section, text);
        text.ignore(section, "every micro-batch is worked on as a batch", "forEachBatchMode", "batchMode");
        text.ignore(
                section,
                "rows are not shown while they are worked on; millrace sql shows what was written",
                "showPreviewLines");
        text.ignore(section, "there is nothing to pass them to", "extraOptions");
        if (mode == TriggerMode.CONTINUOUS) {
            text.warn(section.path("triggerMode"), "Continuous means micro-batches one after the other");
        }
        return section.build(() -> new JobStreaming(trigger(mode, pause), checkpoint));
    }

    /** Reads the folder of checkpoints: a folder, or the address of one. */
    static Optional<String> checkpoint(ConfigSection section, FlareDocument text) {
        String key = CHECKPOINT;
        Optional<String> written = section.optionalString(key);
        if (written.filter(Address::isAddress).isEmpty()) {
            return written;
        }
        Optional<Dataset> place = Dataset.decode(section, key, Optional.empty(), text);
        Optional<String> folder = place.flatMap(Dataset::folder);
        if (place.isPresent() && folder.isEmpty()) {
            section.problem(
                    key,
                    "must be in a depot of files, or of an Iceberg catalog with a warehouse, which "
                            + place.get().depot().name() + " is not");
        }
        return folder;
    }

    private static Trigger trigger(TriggerMode mode, Optional<Duration> pause) {
        return switch (mode) {
            case ONCE -> new Trigger.AvailableNow();
            case CONTINUOUS -> new Trigger.Continuous();
            case PROCESSING_TIME ->
                pause.filter(each -> !each.isZero())
                        .<Trigger>map(Trigger.Every::new)
                        .orElseGet(Trigger.Continuous::new);
        };
    }
}
