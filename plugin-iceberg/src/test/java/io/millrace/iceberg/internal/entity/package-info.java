@NullMarked
package io.millrace.iceberg.internal.entity;

import org.jspecify.annotations.NullMarked;
