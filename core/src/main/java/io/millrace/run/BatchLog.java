package io.millrace.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line of the log for each batch, with all its figures. */
final class BatchLog {

    private static final Logger LOG = LoggerFactory.getLogger(BatchLog.class);

    private BatchLog() {}

    /** Logs a batch that is through. */
    static void add(String pipegraph, String request, long number, EtlResult batch) {
        if (LOG.isInfoEnabled()) {
            LOG.info(line(pipegraph, request, number, batch));
        }
    }

    static String line(String pipegraph, String request, long number, EtlResult batch) {
        List<String> parts = new ArrayList<>();
        batch.inputs()
                .forEach(input -> parts.add("input " + input.view() + ": " + input.read() + " read, "
                        + input.undecodable() + " undecodable"));
        batch.outputs().forEach(output -> parts.add(line(output)));
        parts.add(batch.deadLetters() + " dead letters");
        parts.add(batch.duration().toMillis() + " ms");
        return "batch " + pipegraph + "/" + batch.etl() + "#" + request + "/" + number + ": "
                + String.join("; ", parts);
    }

    private static String line(OutputNumbers output) {
        String name = "output " + output.model() + ": ";
        if (output.replayed() > 0) {
            return name + "replayed (" + String.join(", ", output.commits()) + ")";
        }
        StringBuilder line = new StringBuilder(name)
                .append(output.rowsIn())
                .append(" rows in, ")
                .append(output.counts().committed())
                .append(" committed, ")
                .append(output.counts().dropped())
                .append(" dropped, ")
                .append(output.counts().deadLettered())
                .append(" dead-lettered, ")
                .append(output.counts().stale())
                .append(" stale, ")
                .append(output.counts().collapsed())
                .append(" collapsed");
        output.commits().forEach(commit -> line.append(", ").append(commit));
        for (Map<String, Object> details : output.details()) {
            line.append(' ').append(details);
        }
        output.warnings().forEach(warning -> line.append(", warning: ").append(warning));
        return line.toString();
    }
}
