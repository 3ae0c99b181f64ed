/** A sink into a relational database: the example of the page about sinks. */
@NullMarked
package com.acme.database;

import org.jspecify.annotations.NullMarked;
