/**
 * The Flare dialect: workflows in YAML as DataOS writes them, read into pipegraphs with models of the products {@code iceberg}, {@code files} and
 * {@code kafka}. No plugin is touched. Only {@link io.millrace.flare.FlareWorkflows} is seen from outside, by {@link java.util.ServiceLoader}.
 */
@NullMarked
package io.millrace.flare;

import org.jspecify.annotations.NullMarked;
