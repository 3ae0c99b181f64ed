/**
 * The product {@code backup}: what came through topics, kept in files whose names say of which day, topic and partition they are, so that a part of
 * it can be fetched without looking into the others.
 */
@NullMarked
package io.millrace.internal.backup;

import org.jspecify.annotations.NullMarked;
