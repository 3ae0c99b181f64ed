/** How sessions are made, and what they share. */
@NullMarked
package io.millrace.internal.spark.session;

import org.jspecify.annotations.NullMarked;
