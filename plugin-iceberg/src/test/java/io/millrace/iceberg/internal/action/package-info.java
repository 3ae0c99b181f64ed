@NullMarked
package io.millrace.iceberg.internal.action;

import org.jspecify.annotations.NullMarked;
