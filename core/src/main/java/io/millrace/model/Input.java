package io.millrace.model;

/**
 * One input of an ETL.
 *
 * @param view the name steps use for it
 * @param model the name of the model that is read
 * @param reading how it is read where the ETL streams
 */
public record Input(String view, String model, Reading reading) {

    /** Refuses blank names. */
    public Input {
        if (view.isBlank() || model.isBlank()) {
            throw new IllegalArgumentException("an input needs the name of a view and of a model");
        }
    }
}
