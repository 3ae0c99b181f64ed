/**
 * Typed configuration that knows where it was written.
 *
 * <p>{@link io.millrace.config.HoconReader} turns a file into a {@link io.millrace.config.ConfigDocument}: a plain tree and a
 * {@link io.millrace.config.SourceMap}; {@link io.millrace.config.YamlReader} does the same with YAML. {@link io.millrace.config.ConfigSection} decodes the tree key by key into records and collects
 * every {@link io.millrace.config.Problem} on the way. This package knows nothing of Spark or of pipelines.
 */
@NullMarked
package io.millrace.config;

import org.jspecify.annotations.NullMarked;
