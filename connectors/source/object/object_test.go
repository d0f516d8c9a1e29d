package object_test

import (
	"net"
	"testing"
	"time"

	"zhida/connectors/conntest"
	"zhida/connectors/conntest/s3d"
	"zhida/connectors/source"
	"zhida/connectors/source/object"
	"zhida/schemas"
)

func TestConformance(t *testing.T) {
	t.Parallel()
	server := s3d.Start(t)
	conntest.Source(t, func(t *testing.T) conntest.Place { return place(server.Bucket(t), configOf(server)) })
	conntest.Network(t, func(t *testing.T) conntest.Remote {
		bucket, config := server.Bucket(t), configOf(server)
		proxy := conntest.NewProxy(t, config.Host)
		config.Host = proxy.Address
		hasty := config
		began := time.Now()
		hasty.Now = func() time.Time { return began.Add(60 * time.Since(began)) }
		return conntest.Remote{Place: place(bucket, config), Proxy: proxy, Hasty: place(bucket, hasty).Open}
	})
}

func configOf(server *s3d.Server) source.Config {
	return source.Config{
		Name: "platform", Host: server.Address, Region: server.Region, User: server.User, Password: server.Secret, HostKey: server.HostKey,
		Path: "in/", Now: time.Now,
	}
}

// place is a folder of a bucket.
func place(bucket *s3d.Bucket, config source.Config) conntest.Place {
	config.Bucket = bucket.Name
	return conntest.Place{
		Put:    func(t testing.TB, name string, content []byte) { bucket.Put(t, "in/"+name, content) },
		Remove: func(t testing.TB, name string) { bucket.Remove(t, "in/"+name) },
		Open:   func(d []source.Delivery) (source.Source, error) { config.Deliveries = d; return object.S3(config) },
	}
}

func TestFlatMemory(t *testing.T) {
	server := s3d.Start(t)
	conntest.FlatSource(t, place(server.Bucket(t), configOf(server)))
}

func BenchmarkRead(b *testing.B) {
	server := s3d.Start(b)
	conntest.Throughput(b, place(server.Bucket(b), configOf(server)))
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func full(files string) []source.Delivery {
	return []source.Delivery{{Dataset: "tax", Files: files, Mode: schemas.ModeFull}}
}

// TestOSS: the bucket is the first part of the host's name.
func TestOSS(t *testing.T) {
	t.Parallel()
	server := s3d.Start(t)
	_, port, err := net.SplitHostPort(server.Address)
	check(t, err)
	conntest.Source(t, func(t *testing.T) conntest.Place {
		bucket, config := server.Bucket(t), configOf(server)
		config.Host, config.Bucket = net.JoinHostPort(s3d.Domain, port), bucket.Name
		p := place(bucket, config)
		p.Open = func(d []source.Delivery) (source.Source, error) {
			config.Deliveries = d
			s, err := object.OSS(config)
			if err == nil {
				object.DialVia(s, server.Address)
			}
			return s, err
		}
		return p
	})
}
