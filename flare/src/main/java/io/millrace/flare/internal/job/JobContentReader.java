package io.millrace.flare.internal.job;

import io.millrace.config.ConfigSection;
import io.millrace.flare.internal.text.FlareDocument;
import io.millrace.model.TableAction;
import java.util.List;
import java.util.Optional;

/** Reads what a job does: the content of {@code flare} or {@code stackSpec}. */
final class JobContentReader {

    /** Of code that a job brings as source. */
    static final String NO_SCALA =
            "is not supported: code is not compiled here; write a Strategy in Java, put it on the class path, and use it in a pipegraph in HOCON";

    private JobContentReader() {}

    static JobBody read(ConfigSection container, PipegraphDraft draft, FlareDocument text) {
        text.ignore(container, "it is for the cluster", "driver", "executor", "configs");
        text.refuse(container, NO_SCALA, "udfs");
        ConfigSection job = container.section("job");
        draft.settings(SparkConfReader.read(text, container, job));
        List<TableAction> actions = job(job, draft, text);
        job.build(() -> job);
        return draft.body(actions);
    }

    private static List<TableAction> job(ConfigSection job, PipegraphDraft draft, FlareDocument text) {
        text.ignore(job, "plans are shown by millrace plan", "explain");
        text.ignore(job, "the log is that of the application that runs the workflow", "logLevel");
        text.ignore(
                job,
                "rows are not shown while they are worked on; millrace sql shows what was written",
                "showPreviewLines");
        text.refuse(job, NO_SCALA, "udfs");
        job.optionalSection("variables").ifPresent(variables -> {
            text.ignore(variables, "no columns of the platform are added here", "keepSystemColumns");
            variables.build(() -> variables);
        });
        Views views = new Views(text);
        if (!job.has("inputs")) {
            job.problem("inputs", "is missing; a job needs at least one input");
        }
        job.sections("inputs")
                .forEach(input -> InputReader.read(input, draft, text).ifPresent(views::add));
        JobStreaming streaming = JobStreaming.read(job, text);
        if (views.inputs().stream().noneMatch(InputView::streams)) {
            streaming.notUsed(job, text);
        }
        streaming.checkpoint().ifPresent(draft::state);
        List<ConfigSection> steps = job.sections("steps");
        for (ConfigSection step : steps) {
            step.sections("sequence")
                    .forEach(each -> SequenceReader.read(each, text).ifPresent(views::add));
        }
        Assertions assertions = AssertionReader.read(job, views, text);
        List<OutputView> outputs = new OutputsReader(job, steps, views, draft, text).read();
        views.check();
        List<TableAction> actions = ActionReader.read(job, views, draft, text);
        if (!job.has("outputs") && !job.has("assertions") && !job.has("actions")) {
            job.problem("outputs", "is missing; a job needs outputs, assertions or actions");
        }
        Etls etls = new Etls(views, assertions, streaming, job.path(), draft);
        etls.add(outputs);
        if (job.raw("outputs").filter(written -> !written.isEmpty()).isEmpty()) {
            looked(job, views, assertions).ifPresent(etls::check);
        }
        return actions;
    }

    /** Returns the view that is checked where nothing is written. */
    private static Optional<View> looked(ConfigSection job, Views views, Assertions assertions) {
        if (assertions.checks().isEmpty()) {
            return Optional.empty();
        }
        Optional<View> result = views.result();
        if (result.isEmpty() && assertions.aboutColumns()) {
            job.problem(
                    "assertions",
                    "are about columns, and of which view is not said: there is no output and no step, and several inputs; "
                            + "write sql: SELECT … FROM an input instead of column");
        }
        return result.or(() -> views.inputs().stream().map(View.class::cast).findFirst());
    }
}
