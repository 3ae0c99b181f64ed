/** What steps of a job do when they run: functions of columns, assertions, and the part of an input that is read. */
@NullMarked
package io.millrace.flare.internal.strategy;

import org.jspecify.annotations.NullMarked;
