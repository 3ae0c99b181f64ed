/**
 * The Flare dialect: workflows in YAML as DataOS writes them, read into pipegraphs with models of the products {@code iceberg}, {@code files} and
 * {@code kafka}. No plugin is touched; what an address means is said by {@link io.millrace.workflow.flare.Depots}.
 */
@NullMarked
package io.millrace.workflow.flare;

import org.jspecify.annotations.NullMarked;
