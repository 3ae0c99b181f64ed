/** Files of CSV and JSON, down to the line and the value. */
@NullMarked
package io.millrace.internal.spark.text;

import org.jspecify.annotations.NullMarked;
