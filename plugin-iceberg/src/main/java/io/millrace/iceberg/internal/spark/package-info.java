/** What the product {@code iceberg} needs of Spark's internals. */
@NullMarked
package io.millrace.iceberg.internal.spark;

import org.jspecify.annotations.NullMarked;
