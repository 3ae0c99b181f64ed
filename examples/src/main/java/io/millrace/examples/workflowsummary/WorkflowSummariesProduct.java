package io.millrace.examples.workflowsummary;

import io.millrace.spi.DataProduct;
import io.millrace.spi.Strategy;
import java.net.URL;
import java.util.Optional;

/** Workflow summaries as a data product. */
public final class WorkflowSummariesProduct implements DataProduct {

    /** Called by {@link java.util.ServiceLoader}. */
    public WorkflowSummariesProduct() {}

    @Override
    public String code() {
        return "wfs";
    }

    @Override
    public String description() {
        return "What people did in an application, session by session, from the telemetry of their devices.";
    }

    @Override
    public Class<? extends Strategy<?>> strategy() {
        return WorkflowSummaries.class;
    }

    @Override
    public Optional<URL> pipegraph() {
        return Optional.ofNullable(WorkflowSummariesProduct.class.getResource("wfs.conf"));
    }
}
