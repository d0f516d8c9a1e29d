package workspace

import (
	"fmt"
	"strings"

	"zhida/connectors/all"
	"zhida/connectors/source"
	"zhida/connectors/source/wire"
)

// placeKey is a key that says where a kind of sources is or how to get there.
type placeKey struct {
	name       string
	need       need
	suggestion string // what to write
}

// placeKeys are the keys of a kind of sources.
func placeKeys(kind string) []placeKey {
	switch kind {
	case all.KindDir:
		return []placeKey{{"path", required, "写上文件夹，相对于工作区"}}
	case all.KindSFTP:
		return []placeKey{
			{"host", required, "写上服务器的地址，可以带端口：10.1.2.3 或 10.1.2.3:2222"},
			{"user", required, "写上登录用的用户名"},
			{"password", optional, "写作 password: env:SFTP_PASSWORD"},
			{"key", optional, "写作 key: file:keys/前置机"},
			{"hostkey", required, "服务器的主机密钥，防止被冒充：用 ssh-keyscan 取得，请对方核对后写上"},
			{"path", optional, ""},
		}
	case all.KindFTP:
		return []placeKey{
			{"host", required, "写上服务器的地址，可以带端口：10.1.2.3 或 10.1.2.3:2121"},
			{"user", required, "写上登录用的用户名"},
			{"password", required, "写作 password: env:FTP_PASSWORD 或 password: file:keys/ftp"},
			{"tls", optional, ""},
			{"hostkey", optional, ""},
			{"path", optional, ""},
		}
	case all.KindS3, all.KindOSS:
		return []placeKey{
			{"host", required, "写上对象存储的地址（endpoint），不带 https://：s3.example.gov.cn:9000 或 s3.oss-cn-chengdu.aliyuncs.com"},
			{"bucket", required, "写上存储空间的名称"},
			{"region", optional, ""},
			{"user", required, "写上 AccessKey ID，或写作 user: env:OSS_ID"},
			{"password", required, "AccessKey Secret 写作 password: env:OSS_SECRET 或 password: file:keys/oss"},
			{"tls", optional, ""},
			{"hostkey", optional, ""},
			{"path", optional, ""},
		}
	case all.KindPostgres, all.KindMySQL:
		return []placeKey{
			{"host", required, "写上数据库服务器的地址，可以带端口：10.1.2.3 或 10.1.2.3:5432"},
			{"database", required, "写上数据库的名称"},
			{"user", required, "写上登录用的用户名，只要能读就行"},
			{"password", required, "写作 password: env:FRONT_PASSWORD 或 password: file:keys/front"},
			{"tls", optional, ""},
			{"hostkey", optional, ""},
		}
	case all.KindHTTP:
		return []placeKey{
			{"host", required, "写上平台的地址：https://10.1.2.3:8443"},
			{"user", required, "写上平台给的应用标识（appId）"},
			{"password", required, "令牌，或签名用的密钥：写作 password: env:EXCHANGE_KEY"},
			{"sign", required, "写上 sign: token（每次带令牌）或 sign: hmac（每次签名）"},
			{"hostkey", optional, ""},
			{"days", optional, ""},
		}
	}
	return nil
}

// checkPlace checks that a source says where it is and how to get there, and nothing that has no meaning for its kind.
func (f *configFile) checkPlace(i int) {
	kind := f.sources[i].kind
	known := map[string]placeKey{}
	for _, k := range placeKeys(kind) {
		known[k.name] = k
	}
	if len(known) == 0 { // what is wrong with the kind has been said
		return
	}
	for _, name := range []string{"path", "host", "user", "password", "key", "tls", "hostkey", "database", "bucket", "region", "sign", "days"} {
		at, written := f.placeKey(i, name)
		switch k, has := known[name]; {
		case written && !has:
			suggestion := "删去它"
			if kind == all.KindDir {
				suggestion = "删去它；要登录服务器的写 kind: sftp"
			}
			f.report(at, fmt.Sprintf("kind: %s 的数据源不写“%s”", kind, name), suggestion)
		case !written && has && k.need == required:
			f.report(at, fmt.Sprintf("数据源缺少键“%s”", name), k.suggestion)
		}
	}
	f.checkLogin(i)
	if kind == all.KindS3 || kind == all.KindOSS {
		f.checkStore(i)
	}
}

// checkStore checks the keys of an object store: it is spoken to within TLS unless the site says otherwise.
func (f *configFile) checkStore(i int) {
	server := &f.sources[i].server
	if strings.Contains(server.Host, "/") {
		at, _ := f.placeKey(i, "host")
		f.report(at, "“host”只写地址，可以带端口，不写 https:// 和路径", "文件夹写在 path")
	}
	if server.TLS == source.TLSExplicit {
		at, _ := f.placeKey(i, "tls")
		f.report(at, fmt.Sprintf("对象存储的“tls”不能是“%s”", server.TLS), "删去它就是加密的；只有不加密时写 tls: none")
	}
	if at, written := f.placeKey(i, "hostkey"); written && server.TLS == source.TLSNone {
		f.report(at, "不加密（tls: none），“hostkey”没有意义", "删去其中一个")
	}
}

// inTheClear reports whether a kind of servers is spoken to without TLS unless the site says otherwise.
func inTheClear(kind string) bool { return kind == all.KindFTP || all.IsDatabase(kind) }

// placeKey is where a key of a source stands, and whether it is written.
func (f *configFile) placeKey(i int, name string) (spot, bool) {
	at := f.at("sources", i, name)
	return at, at != f.at("sources", i)
}

// checkLogin checks what depends on two keys, and the form of a host key.
func (f *configFile) checkLogin(i int) {
	kind, server := f.sources[i].kind, &f.sources[i].server
	_, hasPassword := f.placeKey(i, "password")
	key, hasKey := f.placeKey(i, "key")
	hostKey, hasHostKey := f.placeKey(i, "hostkey")
	form := "写作证书的 SHA-256 指纹（openssl x509 -fingerprint -sha256 给出的）"
	if kind == all.KindSFTP {
		form = "写作 SHA256:…（ssh-keygen -lf 给出的），或 ssh-keyscan 给出的一行"
	}
	switch {
	case kind == all.KindSFTP && !hasPassword && !hasKey:
		f.report(key, "数据源缺少键“key”或“password”：用什么登录", "写作 key: file:keys/前置机 或 password: env:SFTP_PASSWORD")
	case inTheClear(kind) && server.TLS == source.TLSExplicit && !hasHostKey:
		f.report(hostKey, "数据源缺少键“hostkey”：服务器证书的指纹，防止被冒充", "用 openssl x509 -fingerprint -sha256 取得，请对方核对后写上")
	case inTheClear(kind) && server.TLS != source.TLSExplicit && hasHostKey:
		f.report(hostKey, "没有“tls”，“hostkey”没有意义", "写上 tls: explicit，或删去它")
	}
	if kind == all.KindHTTP {
		f.checkPlatform(i)
	}
	if kind != all.KindDir && server.HostKey != "" && all.CheckHostKey(kind, server.HostKey) != nil {
		f.report(hostKey, "“hostkey”不是主机密钥", form)
	}
}

// checkLedger checks how the server of the ledger shows who it is.
func (f *configFile) checkLedger() {
	if f.ledger == nil || f.ledger.Server.HostKey == "" {
		return
	}
	at := f.at("ledger", "hostkey")
	if f.ledger.Server.TLS != source.TLSExplicit {
		f.report(at, "没有“tls”，“hostkey”没有意义", "写上 tls: explicit，或删去它")
	}
	if _, err := wire.ReadPin(f.ledger.Server.HostKey); err != nil {
		f.report(at, "“hostkey”不是主机密钥", "写作证书的 SHA-256 指纹（openssl x509 -fingerprint -sha256 给出的）")
	}
}
