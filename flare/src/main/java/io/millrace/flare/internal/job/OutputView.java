package io.millrace.flare.internal.job;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A view that is written.
 *
 * @param view its name
 * @param path where the output is written
 * @param model of what is written to
 * @param assertions about it; may be none
 * @param order what files are sorted by, as SQL behind the query; null where they are not, or where the table sees to it
 */
record OutputView(String view, String path, String model, Assertions assertions, @Nullable String order) {

    Optional<String> sorted() {
        return Optional.ofNullable(order);
    }
}
