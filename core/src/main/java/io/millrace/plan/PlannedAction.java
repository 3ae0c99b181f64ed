package io.millrace.plan;

import io.millrace.model.TableAction;
import io.millrace.spi.SupportsTableActions;

/**
 * An action on a table, ready to be done.
 *
 * @param action as written
 * @param target one line for people about the table
 * @param work does it
 */
public record PlannedAction(TableAction action, String target, SupportsTableActions.Action work) {}
