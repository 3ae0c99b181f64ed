@NullMarked
package io.millrace.spark;

import org.jspecify.annotations.NullMarked;
