package io.millrace.model;

/** One transformation; its result is a view of the step's name for the steps after it. The last step's view goes to the outputs. */
public sealed interface Step permits SqlStep, StrategyStep, InstanceStep {

    /** Returns the name of the view the step makes. */
    String name();
}
