/** The quickstart: a shop's orders, as its systems send them, and the tour through what a pipegraph makes of them. */
@NullMarked
package io.millrace.examples.quickstart;

import org.jspecify.annotations.NullMarked;
