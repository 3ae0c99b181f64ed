package io.millrace.plan;

import io.millrace.config.ConfigPath;
import io.millrace.config.SourceMap;
import io.millrace.model.Etl;
import io.millrace.model.SqlStep;
import io.millrace.spi.NamedColumn;
import io.millrace.spi.NamesColumns;
import java.util.ArrayList;
import java.util.List;

/** Collects the texts of SQL that an ETL is made of. */
final class SqlTexts {

    private final PlanNotes notes;
    private final List<WrittenSql> texts = new ArrayList<>();

    private SqlTexts(PlanNotes notes) {
        this.notes = notes;
    }

    /**
     * Returns those of an ETL.
     *
     * @param path where it is written
     */
    static List<WrittenSql> of(Etl etl, String path, List<PlannedOutput> outputs, PlanNotes notes) {
        SqlTexts texts = new SqlTexts(notes);
        for (int i = 0; i < etl.steps().size(); i++) {
            if (etl.steps().get(i) instanceof SqlStep step) {
                texts.add(step.sql(), ConfigPath.element(ConfigPath.child(path, "steps"), i) + ".sql");
            }
        }
        for (int i = 0; i < etl.expectations().size(); i++) {
            String expectation = ConfigPath.element(ConfigPath.child(path, "expectations"), i);
            texts.add(etl.expectations().get(i).that(), expectation + ".that");
        }
        for (int i = 0; i < etl.outputs().size(); i++) {
            String at = notes.outputPath(path, i) + ".where";
            etl.outputs().get(i).where().ifPresent(where -> texts.add(where, at));
        }
        outputs.forEach(texts::add);
        return texts.texts;
    }

    private void add(PlannedOutput output) {
        if (output.sink() instanceof NamesColumns sink) {
            String value = PlanNotes.model(output.output().model()) + ".value.";
            sink.namedColumns().stream()
                    .filter(named -> named.kind() == NamedColumn.Kind.EXPRESSION)
                    .forEach(named -> add(named.text(), value + named.setting()));
        }
    }

    private void add(String sql, String path) {
        SourceMap sources = notes.document().sources();
        texts.add(new WrittenSql(sql, path, sources));
    }
}
