package io.millrace.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * The settings of an upsert as a test of {@link UpsertContract} wants them; the key is column {@code id}.
 *
 * @param ordering by what rows of a key are ordered: an expression over columns
 * @param nullKeys what is done with rows without a key: {@code fail}, {@code deadLetter} or {@code allow}
 * @param deletes which rows delete their key: a condition over columns; empty for none
 * @param ties what is done with rows of a key that share their ordering: {@code pickOne}, {@code fail} or {@code deadLetter}
 */
public record UpsertWords(String ordering, String nullKeys, String deletes, String ties) {

    /** Orders by a column; rows without a key, and ties, are as they are where nothing is said. */
    static UpsertWords by(String ordering) {
        return new UpsertWords(ordering, "fail", "", "pickOne");
    }

    UpsertWords nullKeys(String policy) {
        return new UpsertWords(ordering, policy, deletes, ties);
    }

    UpsertWords deletes(String condition) {
        return new UpsertWords(ordering, nullKeys, condition, ties);
    }

    UpsertWords ties(String policy) {
        return new UpsertWords(ordering, nullKeys, deletes, policy);
    }

    /** Returns them as an entity's {@code writerDetails} have them, with the writer type. */
    public String ofEntity() {
        return "writerType = continuousUpdate, "
                + written("orderingExpression", "deleteExpression", "onNullKey", "onTie", word -> word);
    }

    /** Returns them as tables have them, with the save mode. */
    public String ofTable() {
        return "save-mode = upsert, "
                + written("order-by", "delete-when", "on-null-key", "on-tie", word -> word.replaceAll("([A-Z])", "-$1")
                        .toLowerCase(Locale.ROOT));
    }

    private String written(
            String orderBy, String deleteWhen, String onNullKey, String onTie, UnaryOperator<String> word) {
        List<String> settings = new ArrayList<>(List.of(
                "keys = [id]",
                orderBy + " = \"" + ordering + '"',
                onNullKey + " = " + word.apply(nullKeys),
                onTie + " = " + word.apply(ties)));
        if (!deletes.isEmpty()) {
            settings.add(deleteWhen + " = \"" + deletes + '"');
        }
        return String.join(", ", settings);
    }
}
