package io.millrace.catalog;

import java.util.Locale;

/** How far an entity has committed a batch. */
public enum CommitStatus {
    /** Not yet decided: ask again. */
    PENDING,
    /** The batch is in the entity. */
    SUCCESS,
    /** The batch is not in the entity and will not be. */
    FAILED;

    /** Returns the name as the entity protocol writes it. */
    @Override
    public String toString() {
        return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
    }
}
