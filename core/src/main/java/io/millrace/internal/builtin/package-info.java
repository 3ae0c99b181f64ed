/** The sources and sinks every pipegraph wants: files, tables, the console, and rows written into the configuration. */
@NullMarked
package io.millrace.internal.builtin;

import org.jspecify.annotations.NullMarked;
