@NullMarked
package io.millrace.examples.quickstart;

import org.jspecify.annotations.NullMarked;
