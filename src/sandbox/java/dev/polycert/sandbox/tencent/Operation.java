package dev.polycert.sandbox.tencent;

import io.vertx.core.json.JsonObject;
import java.util.function.UnaryOperator;

/**
 * One operation of an API.
 *
 * @param perSecond the documented rate
 * @param run makes the members of {@code Response} out of checked parameters
 */
record Operation(double perSecond, Parameters parameters, UnaryOperator<JsonObject> run) {}
