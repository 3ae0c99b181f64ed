@NullMarked
package io.millrace.iceberg;

import org.jspecify.annotations.NullMarked;
