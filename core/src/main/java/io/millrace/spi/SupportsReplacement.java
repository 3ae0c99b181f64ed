package io.millrace.spi;

import java.util.Optional;
import java.util.Set;

/**
 * A sink whose batches can take the place of the rows for which a condition holds, in one commit: those of {@link Batch#replaces}. A batch that comes
 * again replaces them once; one of a later run, what the run before has written. A target that is not there yet is made, as without a condition.
 */
public interface SupportsReplacement {

    /**
     * Says what keeps the sink from replacing the rows for which a condition holds, as far as that is known without a session.
     *
     * @param columns the columns that the condition names
     * @return a sentence with what would do; empty where nothing is known to be in the way
     */
    default Optional<String> replacementProblem(Set<String> columns) {
        return Optional.empty();
    }
}
