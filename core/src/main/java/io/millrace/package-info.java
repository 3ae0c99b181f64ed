/** Millrace: data pipelines on Apache Spark. {@link io.millrace.Millrace} is the way in for programs. */
@NullMarked
package io.millrace;

import org.jspecify.annotations.NullMarked;
