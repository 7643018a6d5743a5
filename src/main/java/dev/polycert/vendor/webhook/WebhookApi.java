package dev.polycert.vendor.webhook;

import io.quarkus.rest.client.reactive.Url;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** The one request on the wire. */
@Path("/")
interface WebhookApi {

  /**
   * Sends a message.
   *
   * @param body JSON; as bytes, so that what is signed is what is sent
   */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  Uni<Response> post(
      @Url String url,
      @HeaderParam("webhook-id") String id,
      @HeaderParam("webhook-timestamp") long seconds,
      @HeaderParam("webhook-signature") String signature,
      byte[] body);
}
