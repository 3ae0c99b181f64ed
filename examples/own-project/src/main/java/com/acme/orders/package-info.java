/** Acme's orders: their pipegraph in Java, their entity catalog, and the steps of their own. */
@NullMarked
package com.acme.orders;

import org.jspecify.annotations.NullMarked;
