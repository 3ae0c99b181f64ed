package io.millrace.iceberg;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.apache.hadoop.hive.conf.HiveConf;
import org.apache.hadoop.hive.metastore.HiveMetaStore.HMSHandler;
import org.apache.hadoop.hive.metastore.IHMSHandler;
import org.apache.hadoop.hive.metastore.RetryingHMSHandler;
import org.apache.hadoop.hive.metastore.TSetIpAddressProcessor;
import org.apache.hadoop.hive.metastore.txn.TxnDbUtil;
import org.apache.thrift.protocol.TBinaryProtocol;
import org.apache.thrift.server.TServer;
import org.apache.thrift.server.TThreadPoolServer;
import org.apache.thrift.transport.TServerSocket;
import org.apache.thrift.transport.TTransportFactory;

/** A Hive metastore that other processes could reach, with a database of Derby in a folder. */
final class HiveServer implements AutoCloseable {

    private final TServer server;
    private final String uri;

    private HiveServer(TServer server, String uri) {
        this.server = server;
        this.uri = uri;
    }

    static HiveServer start(Path folder) throws Exception {
        HiveConf settings = new HiveConf(HiveServer.class);
        settings.set("javax.jdo.option.ConnectionURL", "jdbc:derby:" + folder.resolve("metastore") + ";create=true");
        settings.set("hive.metastore.warehouse.dir", "file://" + folder.resolve("tables"));
        settings.set("datanucleus.schema.autoCreateAll", "true");
        settings.set("hive.metastore.schema.verification", "false");
        settings.set("datanucleus.connectionPoolingType", "DBCP");
        IHMSHandler handler = RetryingHMSHandler.getProxy(settings, new HMSHandler("metastore", settings, false), true);
        TxnDbUtil.prepDb(settings); // the tables of its locks
        TServerSocket socket = new TServerSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        TServer server = new TThreadPoolServer(new TThreadPoolServer.Args(socket)
                .processor(new TSetIpAddressProcessor<>(handler))
                .stopTimeoutVal(1) // seconds: clients keep their connections
                .transportFactory(new TTransportFactory())
                .protocolFactory(new TBinaryProtocol.Factory()));
        Thread thread = new Thread(server::serve, "hive-metastore");
        thread.setDaemon(true);
        thread.start();
        return new HiveServer(
                server, "thrift://127.0.0.1:" + socket.getServerSocket().getLocalPort());
    }

    String uri() {
        return uri;
    }

    @Override
    public void close() {
        server.stop();
    }
}
