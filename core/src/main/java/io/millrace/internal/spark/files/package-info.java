/** Plain files: how large, how written, and which columns their folders make. */
@NullMarked
package io.millrace.internal.spark.files;

import org.jspecify.annotations.NullMarked;
