package io.millrace.catalog;

import io.millrace.config.MillraceException;

/** An entity that is nothing but a place in a file system. */
record LocalEntity(EntityFormat format, String location) implements ParallelWriteEntity {

    LocalEntity {
        if (location.isBlank()) {
            throw MillraceException.user("the location of an entity must not be blank");
        }
    }

    @Override
    public WriteExecutionPlan plan(PlanRequest request, String correlationId) {
        return WriteExecutionPlan.cold(format, location);
    }

    @Override
    public void complete(boolean success, String correlationId) {}

    @Override
    public CommitStatus committed(String correlationId) {
        return CommitStatus.SUCCESS;
    }

    @Override
    public boolean remote() {
        return false;
    }

    @Override
    public HotChannel hot() {
        throw MillraceException.external(this + ": takes no rows over HTTP; its plan is Cold", null);
    }

    @Override
    public String toString() {
        return "local " + format + " entity at " + location;
    }
}
