@NullMarked
package io.millrace.latedata;

import org.jspecify.annotations.NullMarked;
