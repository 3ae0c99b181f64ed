package io.millrace.cli.internal.letters;

import io.millrace.cli.internal.command.WhereOption;
import io.millrace.deadletter.LetterFilter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which dead letters a command is about. */
final class LetterOptions {

    @Option(names = "--etl", paramLabel = "NAME", description = "Those of this ETL.")
    private @Nullable String etl;

    @Option(
            names = "--stage",
            paramLabel = "STAGE",
            description = "Those that failed there: decode, strategy, expectation, schema, sink.")
    private @Nullable String stage;

    @Option(
            names = "--reason",
            paramLabel = "CODE",
            description = "Those that failed for this reason, such as NULL_VALUE.")
    private @Nullable String reasonCode;

    @Option(
            names = "--where",
            paramLabel = "SQL",
            description = "Those for which this holds, such as \"offset > 100\" or \"failed_at > '2026-01-31'\".")
    private @Nullable String where;

    LetterFilter filter() {
        WhereOption.check(where);
        return new LetterFilter(etl, stage, reasonCode, where);
    }
}
