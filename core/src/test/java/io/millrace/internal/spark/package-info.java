@NullMarked
package io.millrace.internal.spark;

import org.jspecify.annotations.NullMarked;
