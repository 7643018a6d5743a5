package dev.polycert.vendor.huawei.scm;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/**
 * Declares SCM's operations as they go over the wire. Bodies are bytes, sent as they are signed.
 */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
interface ScmApi {

  @GET
  @Path("v3/scm/certificates")
  Uni<Response> listCertificates(
      @QueryParam("status") String status,
      @QueryParam("limit") int limit,
      @QueryParam("offset") int offset,
      @QueryParam("sort_key") String sortKey,
      @QueryParam("sort_dir") String sortDirection);

  @GET
  @Path("v3/scm/certificates/{certificate_id}")
  Uni<Response> showCertificate(@PathParam("certificate_id") String certificateId);

  @POST
  @Path("v3/scm/certificates/buy")
  @Consumes(MediaType.APPLICATION_JSON)
  Uni<Response> subscribeCertificate(byte[] body);

  @POST
  @Path("v3/scm/certificates/import")
  @Consumes(MediaType.APPLICATION_JSON)
  Uni<Response> importCertificate(byte[] body);

  @POST
  @Path("v3/scm/certificates/{certificate_id}/apply")
  @Consumes(MediaType.APPLICATION_JSON)
  Uni<Response> applyCertificate(@PathParam("certificate_id") String certificateId, byte[] body);

  /** The historical form of applying, whose page calls it "completing the information". */
  @POST
  @Path("v2/{project_id}/scm/cert/{cert_id}/complete")
  @Consumes(MediaType.APPLICATION_JSON)
  Uni<Response> completeCertificate(
      @PathParam("project_id") String projectId, @PathParam("cert_id") String id, byte[] body);

  @POST
  @Path("v3/scm/certificates/{certificate_id}/cancel-cert")
  Uni<Response> cancelCertificateRequest(@PathParam("certificate_id") String certificateId);

  @DELETE
  @Path("v3/scm/certificates/{certificate_id}")
  Uni<Response> deleteCertificate(@PathParam("certificate_id") String certificateId);

  @POST
  @Path("v3/scm/certificates/{certificate_id}/export")
  Uni<Response> exportCertificate(@PathParam("certificate_id") String certificateId);

  @POST
  @Path("v3/scm/certificates/{certificate_id}/push")
  @Consumes(MediaType.APPLICATION_JSON)
  Uni<Response> pushCertificate(@PathParam("certificate_id") String certificateId, byte[] body);

  @POST
  @Path("v3/scm/certificates/{certificate_id}/batch-push")
  @Consumes(MediaType.APPLICATION_JSON)
  Uni<Response> batchPushCertificate(
      @PathParam("certificate_id") String certificateId, byte[] body);

  @POST
  @Path("v3/scm/certificates/{certificate_id}/deploy")
  @Consumes(MediaType.APPLICATION_JSON)
  Uni<Response> deployCertificate(@PathParam("certificate_id") String certificateId, byte[] body);

  @POST
  @Path("v3/scm/deployed-resources")
  @Consumes(MediaType.APPLICATION_JSON)
  Uni<Response> listDeployedResources(byte[] body);
}
