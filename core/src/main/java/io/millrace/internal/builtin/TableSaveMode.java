package io.millrace.internal.builtin;

import io.millrace.config.AllowedWords;
import io.millrace.spi.OverwriteMode;
import io.millrace.spi.ReplacedRows;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.SaveMode;

/** What becomes of the rows that are there. */
public enum TableSaveMode {
    APPEND,
    OVERWRITE,
    /** Of each key the newest row stays. */
    UPSERT;

    private static final String AN_UPSERT =
            "write save-mode = upsert, keys = [ … ], order-by = …: of each key the newest row stays";
    private static final String A_TABLE =
            "files cannot be changed in place; write product = table, with save-mode = upsert, keys = [ … ], order-by = …";

    /** The words of tables. */
    static final AllowedWords<TableSaveMode> OF_TABLES = AllowedWords.kebab(TableSaveMode.class)
            .answering(Map.of(
                    "merge", AN_UPSERT,
                    "update", AN_UPSERT,
                    "replace", "write save-mode = overwrite",
                    "complete", "write save-mode = overwrite",
                    "insert", "write save-mode = append"));

    /** The words of files, which are never changed. */
    static final AllowedWords<TableSaveMode> OF_FILES = AllowedWords.kebab(List.of(APPEND, OVERWRITE))
            .answering(Map.of(
                    "upsert",
                    A_TABLE,
                    "merge",
                    A_TABLE,
                    "update",
                    A_TABLE,
                    "replace",
                    "write save-mode = overwrite",
                    "complete",
                    "write save-mode = overwrite",
                    "insert",
                    "write save-mode = append"));

    /** Returns what Spark calls it; an upsert is a merge and no way to save. */
    SaveMode spark() {
        return switch (this) {
            case APPEND -> SaveMode.Append;
            case OVERWRITE -> SaveMode.Overwrite;
            case UPSERT -> throw new IllegalStateException("an upsert merges its rows");
        };
    }

    /** Returns which rows a batch takes the place of. */
    ReplacedRows replaced(OverwriteMode overwrite) {
        return switch (this) {
            case APPEND -> ReplacedRows.NONE;
            case OVERWRITE -> overwrite.replaced();
            case UPSERT -> ReplacedRows.SAME_KEYS;
        };
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
