/**
 * A thin layer over the JDK's HTTP server. Imports nothing.
 */
@NullMarked
package org.postroom.simulator.http;

import org.jspecify.annotations.NullMarked;
