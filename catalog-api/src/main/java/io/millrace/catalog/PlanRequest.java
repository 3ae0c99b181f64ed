package io.millrace.catalog;

import org.jspecify.annotations.Nullable;

/**
 * What an entity is told when it is asked for a plan.
 *
 * @param applicationFilter the application's filter on the rows; null for none
 * @param dataGovernanceFilter the governance's filter on the rows; null for none
 */
public record PlanRequest(@Nullable String applicationFilter, @Nullable String dataGovernanceFilter) {

    /** A request without filters. */
    public static PlanRequest unfiltered() {
        return new PlanRequest(null, null);
    }
}
